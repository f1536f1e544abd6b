"""What a measurement stands on: an installation of its own, and how figures are shown."""
