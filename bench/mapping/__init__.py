"""A province full of reports, and somebody who looks at its map."""
