"""Running notebooks: what is to be run, in which kernels, and the record of what came out."""
