// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.yolotorch.YoloException;
import org.yolotorch.internal.WholeFile;

/**
 * The received part of a download, in a file beside the target, and in a second file the server's
 * validator and the address. A download can be resumed only with both.
 */
public final class PartFile {
  private static final byte[] ZIP_START = {'P', 'K', 3, 4};
  private static final byte[] ZIP_END = {'P', 'K', 5, 6};

  /** Size of the last record of a zip file without a comment; checkpoints have none. */
  private static final int ZIP_END_BYTES = 22;

  private final Path file;
  private final URI address;
  private final Path part;
  private final Path tag;

  public PartFile(Path file, URI address) {
    this.file = file;
    this.address = address;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.tag = file.resolveSibling(file.getFileName() + ".part.tag");
  }

  public static boolean startsLikeZip(byte[] head) {
    return head.length >= ZIP_START.length
        && Arrays.equals(Arrays.copyOf(head, ZIP_START.length), ZIP_START);
  }

  public boolean endsLikeZip() {
    try (RandomAccessFile bytes = new RandomAccessFile(part.toFile(), "r")) {
      byte[] end = new byte[ZIP_END.length];
      bytes.seek(Math.max(0, bytes.length() - ZIP_END_BYTES));
      bytes.readFully(end);
      return Arrays.equals(end, ZIP_END);
    } catch (EOFException e) {
      return false;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Bytes to go on from; 0 if there are none, or nobody knows of what. */
  public long resumable() {
    try {
      return validator() == null ? 0 : Files.size(part);
    } catch (IOException e) {
      return 0;
    }
  }

  /** What stands for the content that the part is of, or null. */
  public String validator() {
    try {
      List<String> lines = Files.readAllLines(tag);
      boolean known = lines.size() == 2 && lines.get(0).equals(address.toString());
      return known ? lines.get(1) : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Opens the part, empty if {@code start} is 0, else to write behind what is there. */
  public OutputStream open(long start, String validator) {
    try {
      if (start == 0) {
        // Emptied before the tag is changed: a tag must never stand beside bytes it is not of.
        Files.write(part, new byte[0]);
        Files.deleteIfExists(tag);
        if (validator != null) {
          Files.writeString(tag, address + "\n" + validator + "\n");
        }
      }
      return Files.newOutputStream(part, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  public void write(OutputStream out, byte[] bytes, int count) {
    try {
      out.write(bytes, 0, count);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  public void discard() {
    try {
      Files.deleteIfExists(part);
      Files.deleteIfExists(tag);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Puts the whole file into its place. Its sum comes first: were the process to end between the
   * two, the file would be missed and not trusted unchecked.
   */
  public void finish() throws IOException {
    Sha256.remember(file, Sha256.of(part));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(tag);
  }

  public YoloException.WriteFailed unwritable(IOException cause) {
    String name = file.getFileName().toString();
    return new YoloException.WriteFailed(
        "'"
            + name
            + "' must be written into the folder '"
            + file.getParent()
            + "', but that failed ("
            + WholeFile.reason(cause)
            + "); make the folder writable or free some space, "
            + WeightPlaces.otherCache(name)
            + ".",
        cause);
  }
}
