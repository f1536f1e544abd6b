"""Filing a report, and the raw floor under it: the same statements without the house."""
