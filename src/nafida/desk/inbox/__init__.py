"""The officer's list: which pile, which of it, in which order, from where on."""
