"""Hörer: practise difficult customer calls with a customer that lives on your own machine."""

__version__ = "0.1.0"
