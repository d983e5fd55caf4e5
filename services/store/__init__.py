"""Tables, the connection, the vault, numbering, files: what every room of services stands on."""
