"""Rates the trainee's reply: a value, its evidence, its reason."""
