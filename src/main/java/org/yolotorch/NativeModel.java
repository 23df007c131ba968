// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.yolotorch.internal.Natives;

/**
 * The only owner of a native model: counts the calls that use it, frees it once, and frees it with
 * a warning if everybody forgot it.
 */
final class NativeModel implements AutoCloseable {
  /** Set this system property to true to log where a forgotten model was loaded. */
  private static final String TRACE_PROPERTY = "org.yolotorch.traceLoads";

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final BufferPool buffers = new BufferPool();
  private final String name;
  private final Handle handle;
  private final Cleaner.Cleanable cleanable;

  private NativeModel(long number, String name) {
    this.name = name;
    this.handle = new Handle(number, name);
    this.cleanable = CleanerHolder.CLEANER.register(this, handle);
  }

  /** Takes over what an open function returned: a handle, or the negative code of a failure. */
  static NativeModel open(long number, String name) {
    if (number <= 0) {
      throw failure(number);
    }
    return new NativeModel(number, name);
  }

  static YoloException failure(long negativeCode) {
    return YoloException.forCode((int) -negativeCode, Natives.lastText());
  }

  /** Name of the file without its folders. */
  String fileName() {
    return name.substring(name.replace('\\', '/').lastIndexOf('/') + 1);
  }

  ModelInfo describe() {
    use();
    try {
      return Facts.parse(Natives.describe(handle.number)).modelInfo();
    } finally {
      release();
    }
  }

  List<Result> predict(List<Image> images, PredictOptions options, ModelInfo info) {
    use();
    try {
      return PredictCall.run(handle.number, images, options, info, buffers);
    } finally {
      release();
    }
  }

  /** Exports with these settings, one {@code key=value} a line. */
  Path export(String settings) {
    use();
    try {
      int code = Natives.exportModel(handle.number, settings);
      if (code != 0) {
        throw failure(-(long) code);
      }
      return Path.of(Natives.lastText());
    } finally {
      release();
    }
  }

  long number() {
    use();
    try {
      return handle.number;
    } finally {
      release();
    }
  }

  void checkOpen() {
    use();
    release();
  }

  private void use() {
    lock.readLock().lock();
    if (handle.closed) {
      lock.readLock().unlock();
      throw new IllegalStateException(
          "Yolo is closed: '" + name + "' was freed by close(); load it again to use it.");
    }
  }

  private void release() {
    lock.readLock().unlock();
    // Without it the collector may free the model while its last call is still inside.
    Reference.reachabilityFence(this);
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      handle.closed = true;
      cleanable.clean();
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public String toString() {
    return name + (handle.closed ? ", closed" : "");
  }

  /** What outlives the owner by a moment: it must not refer to it. */
  private static final class Handle implements Runnable {
    private final long number;
    private final String name;
    private final Throwable origin;
    private volatile boolean closed;

    Handle(long number, String name) {
      this.number = number;
      this.name = name;
      this.origin =
          Boolean.getBoolean(TRACE_PROPERTY) ? new Throwable("The model was loaded here") : null;
    }

    @Override
    public void run() {
      Natives.closeModel(number);
      if (!closed) {
        System.getLogger("org.yolotorch")
            .log(
                System.Logger.Level.WARNING,
                "The model '"
                    + name
                    + "' should have been closed by its owner, but was freed by the garbage"
                    + " collector; call close()"
                    + (origin == null ? " (-D" + TRACE_PROPERTY + "=true tells where)." : "."),
                origin);
      }
    }
  }

  private static final class CleanerHolder {
    static final Cleaner CLEANER = Cleaner.create();
  }
}
