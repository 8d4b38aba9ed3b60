"""How the database came to be what it is: one step for each change, never edited once released."""
