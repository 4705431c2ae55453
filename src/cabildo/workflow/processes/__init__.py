"""The process engine: processes written as packs, run by municipalities, stage by stage."""
