"""The log and the only door to write it: submit, act, sync; and the lists that are read from its projections."""
