"""The rules, pure: no database, no clock of its own. Given facts, they answer."""
