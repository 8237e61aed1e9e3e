"""Reading and checking what a workspace holds: the files under parameters/ are the truth."""
