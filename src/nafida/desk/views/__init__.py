"""The pages of the officers."""
