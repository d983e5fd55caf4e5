"""One file a revision, `0001_...` onwards; a published one is never edited."""
