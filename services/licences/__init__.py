"""证照: what a grant leaves behind, and everything that becomes of it, each time by a case."""
