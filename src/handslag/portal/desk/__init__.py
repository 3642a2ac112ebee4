"""The desk: the case worker's face (/handlaggare/)."""
