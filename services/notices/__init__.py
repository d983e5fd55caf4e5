"""告知: what people are told besides the documents of their cases, on their own page and by short message."""
