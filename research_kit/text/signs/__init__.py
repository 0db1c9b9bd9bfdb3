"""What speaks in a clause: words of the lexicons, marks, n-grams; as numbers."""
