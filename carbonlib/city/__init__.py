"""The city: sums over companies, its target, and what may be published of small groups."""
