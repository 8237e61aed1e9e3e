"""Proposals (提案): bound to their measures, applied one after another to what is left of each load."""
