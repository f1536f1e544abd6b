"""The forms of signing in and of one's own account, as settings name them to allauth."""
