// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import org.yolotorch.Image;

/** Picture files. */
record FileSource(List<Path> files) implements Source {
  @Override
  public OptionalInt size() {
    return OptionalInt.of(files.size());
  }

  @Override
  public Iterator<Frame> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < files.size();
      }

      @Override
      public Frame next() {
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
    // Files are opened and closed by each read.
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
