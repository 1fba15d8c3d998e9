"""Pages of the secret ballot: preparing, casting, watching, counting."""
