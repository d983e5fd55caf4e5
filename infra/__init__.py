"""What OneWindow runs on: settings, the command line, embedded servers, migrations, seeds. Imported by no other room."""
