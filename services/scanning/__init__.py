"""查毒: what comes in is looked at by a scanner before it is kept, and what was found is kept beside the file."""
