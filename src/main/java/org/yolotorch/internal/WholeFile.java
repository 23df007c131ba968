// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.yolotorch.YoloException;

/** Writes files atomically: to a temporary file beside the target, which is then renamed. */
public final class WholeFile {
  private WholeFile() {}

  /** What writes a file. */
  public interface Content {
    void writeTo(Path file) throws IOException;
  }

  /** The temporary file of a target. */
  public static Path part(Path file) {
    String name = "." + PathText.nameOf(file) + ".part";
    Path folder = file.getParent();
    return PathText.resolve(folder == null ? Path.of("") : folder, name);
  }

  /** Removes what was written of a file that will not be whole. */
  public static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It stays beside the results, where its name tells what it is.
    }
  }

  /**
   * Writes a file, and makes its folder if there is none; if that fails, nothing is left of the
   * file and what was there before stays.
   */
  public static void write(Path file, Content content) throws IOException {
    Path part = part(file);
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      content.writeTo(part);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      discard(part);
    }
  }

  /**
   * Writes a text as UTF-8, as {@link #write} does.
   *
   * @throws YoloException.WriteFailed if it cannot be written
   */
  public static void writeText(Path file, String text) {
    if (file.getFileName() == null) {
      throw new YoloException.InvalidArgument(
          "A file must have a name, but '" + file + "' has none; add one.");
    }
    try {
      write(file, part -> Files.writeString(part, text));
    } catch (IOException e) {
      throw new YoloException.WriteFailed(
          "A result must be written to '"
              + file
              + "', but that failed ("
              + reason(e)
              + "); free some space or choose another folder.",
          e);
    }
  }

  /** Why a file could not be written, in a few words that name no temporary file. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "access denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return "a file is where a folder should be";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "a folder has this name";
    }
    if (e instanceof FileNotFoundException) {
      // The name of the file, and the reason in parentheses.
      String message = String.valueOf(e.getMessage());
      int from = message.lastIndexOf('(');
      return from < 0 ? "it cannot be opened" : message.substring(from + 1).replace(")", "");
    }
    String text = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return text == null ? e.getClass().getSimpleName() : text;
  }
}
