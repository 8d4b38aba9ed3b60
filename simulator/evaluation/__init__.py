"""What the model cards and the README claim, as commands."""
