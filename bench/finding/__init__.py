"""What a measurement of search does."""
