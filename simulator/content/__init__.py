"""Personas and scenarios: from YAML files to values, and what is wrong with a file."""
