// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Collects texts in a temporary file and gives them back in the order of their ranks. */
final class OrderedTextFile implements AutoCloseable {
  private final Path shown;
  private final FileChannel channel;
  private final List<Piece> pieces = new ArrayList<>();

  private record Piece(int rank, long start, int length) {}

  /**
   * Begins; the file is gone when this is closed.
   *
   * @param shown what messages call it
   */
  OrderedTextFile(Path file, Path shown) {
    this.shown = shown;
    try {
      this.channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw RunFiles.failed(shown, e);
    }
  }

  void add(int rank, String text) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try {
      pieces.add(new Piece(rank, channel.position(), bytes.remaining()));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw RunFiles.failed(shown, e);
    }
  }

  /** Gives all texts, the lowest rank first. */
  void drain(Consumer<String> taker) {
    pieces.sort(Comparator.comparingInt(Piece::rank));
    for (Piece piece : pieces) {
      ByteBuffer bytes = ByteBuffer.allocate(piece.length());
      try {
        while (bytes.hasRemaining()
            && channel.read(bytes, piece.start() + bytes.position()) >= 0) {}
        if (bytes.hasRemaining()) {
          throw new EOFException();
        }
      } catch (IOException e) {
        throw RunFiles.failed(shown, e);
      }
      taker.accept(StandardCharsets.UTF_8.decode(bytes.flip()).toString());
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw RunFiles.failed(shown, e);
    }
  }
}
