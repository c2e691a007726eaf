-- A picture is kept twice: as others see it (the row's type, size and hash), and as it came, for verification.
alter table file
  add column original_type text,
  add column original_size int,
  add column original_sha256 text,
  add constraint file_original_whole check (num_nulls(original_type, original_size, original_sha256) in (0, 3));
