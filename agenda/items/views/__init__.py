"""Pages of the item store, a module a part of the way."""
