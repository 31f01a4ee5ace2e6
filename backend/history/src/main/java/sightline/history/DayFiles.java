package sightline.history;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The names of the days' files; a day is counted in days of UTC since the epoch. Immutable. */
record DayFiles(Path directory) {
  private static final String PREFIX = "positions-";
  private static final String SUFFIX = ".db";

  /** The file of a day. */
  Path file(long day) {
    String date = LocalDate.ofEpochDay(day).format(DateTimeFormatter.BASIC_ISO_DATE);
    return directory.resolve(PREFIX + date + SUFFIX);
  }

  /** The days that have a file. */
  List<Long> list() throws IOException {
    List<Long> days = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String date = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
        try {
          days.add(LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE).toEpochDay());
        } catch (DateTimeException e) {
          // Not one of ours: a copy that somebody keeps here.
        }
      }
    }
    return days;
  }

  /** Removes a day. Its log goes first: left alone, it would be taken for a new file's. */
  void delete(long day) throws IOException {
    Path file = file(day);
    Files.deleteIfExists(Path.of(file + "-wal"));
    Files.deleteIfExists(Path.of(file + "-shm"));
    Files.deleteIfExists(file);
  }
}
