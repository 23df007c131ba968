// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import org.yolotorch.Image;

/** Picture files. Each is opened and closed by the read of its frame, so nothing is held open. */
final class FileSource implements Source {
  private final List<Path> files;
  private volatile boolean closed;

  FileSource(List<Path> files) {
    this.files = files;
  }

  @Override
  public OptionalInt size() {
    checkOpen();
    return OptionalInt.of(files.size());
  }

  @Override
  public Iterator<Frame> iterator() {
    checkOpen();
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < files.size();
      }

      @Override
      public Frame next() {
        checkOpen();
        if (!hasNext()) {
          throw new NoSuchElementException("The source has " + files.size() + " pictures.");
        }
        Path file = files.get(next);
        return new FileFrame(next++, file);
      }
    };
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          "Source is closed: its "
              + files.size()
              + " pictures were ended by close(); open it again to read them.");
    }
  }

  private record FileFrame(int index, Path path) implements Frame {
    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public Optional<Path> file() {
      return Optional.of(path);
    }

    @Override
    public Image read() {
      return Image.read(path);
    }
  }
}
