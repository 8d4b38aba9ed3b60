"""Fits what ships in models/ from the corpus (extra `train`)."""
