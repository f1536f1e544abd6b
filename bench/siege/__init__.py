"""A running Nafida under load whose processes are killed one after the other, and what must hold afterwards."""
