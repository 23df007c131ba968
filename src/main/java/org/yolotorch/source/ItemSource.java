// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import org.yolotorch.Frame;
import org.yolotorch.Source;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;

/** The frames of several items, one item open at a time. */
final class ItemSource implements Source {
  private final List<Item> items;
  private volatile boolean closed;

  /** What is open of the latest iterator; guarded by this. */
  private Frames open;

  ItemSource(List<Item> items) {
    this.items = items;
  }

  @Override
  public OptionalInt size() {
    checkOpen();
    for (Item item : items) {
      if (!item.isPicture()) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(items.size());
  }

  @Override
  public int items() {
    checkOpen();
    return items.size();
  }

  @Override
  public Iterator<Frame> iterator() {
    checkOpen();
    closeItem();
    return new FrameIterator();
  }

  @Override
  public void close() {
    closed = true;
    closeItem();
  }

  private synchronized void closeItem() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  /** Opens the item if none is open, and takes its next frame; null at its end. */
  private synchronized Frame advance(int place, int index) {
    checkOpen();
    try {
      if (open == null) {
        open = items.get(place).open(place);
      }
      Frame frame = open.next(index);
      if (frame == null) {
        closeItem();
      }
      return frame;
    } catch (RuntimeException | Error e) {
      closeItem();
      throw e;
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          "Source is closed: close() ended its "
              + Count.of(items.size(), "picture")
              + "; open it again to read from it.");
    }
  }

  private final class FrameIterator implements Iterator<Frame> {
    private int place;
    private int index;
    private Frame next;

    @Override
    public boolean hasNext() {
      while (next == null && place < items.size()) {
        try {
          next = advance(place, index);
          if (next == null) {
            place++;
          }
        } catch (YoloException e) {
          next = new Item.Broken(index, place, items.get(place).name(), Optional.empty(), e);
          place++;
        }
      }
      return next != null;
    }

    @Override
    public Frame next() {
      checkOpen();
      if (!hasNext()) {
        throw new NoSuchElementException("The source has " + Count.of(index, "picture") + ".");
      }
      Frame frame = next;
      next = null;
      index++;
      return frame;
    }
  }
}
