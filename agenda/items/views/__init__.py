"""Pages of an item: the store, its file, filing it, checking and signing it."""
