"""The nouns of the practice: values only, no input or output."""
