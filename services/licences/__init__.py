"""证照: what a grant leaves behind, issued once per case."""
