"""Where calls are kept: append-only events in one SQLite file in the user's data folder."""
