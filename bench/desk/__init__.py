"""What a measurement of the officers’ list does."""
