"""自助终端: which browsers are self-service terminals, and who called for help at one."""
