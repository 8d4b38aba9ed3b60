"""The parts of the screens: one reactive in, a message out."""
