"""A room of people who assess the same depot: scenarios, what the room answered, where it disagreed."""
