"""Working days: the published calendar, and counting by it."""
