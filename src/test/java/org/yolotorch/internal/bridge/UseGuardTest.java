// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;

/** Calls begin until close(), which frees once and only when nobody is inside. */
class UseGuardTest {
  private final UseGuard guard = new UseGuard("Thing", "a.thing");
  private final AtomicInteger freed = new AtomicInteger();

  @Test
  void refusesUseAfterCloseAndFreesOnce() {
    guard.acquire();
    guard.acquire();
    guard.release();
    guard.release();
    assertFalse(guard.isClosed());
    guard.close(freed::incrementAndGet);
    guard.close(freed::incrementAndGet);
    assertTrue(guard.isClosed());
    assertEquals(1, freed.get());
    IllegalStateException error = assertThrows(IllegalStateException.class, guard::acquire);
    assertEquals(
        "Thing is closed: 'a.thing' was ended by close(); load it again to use it.",
        error.getMessage());
  }

  @Test
  void aCallInsideACallNeverWaits() throws InterruptedException {
    guard.acquire();
    Thread closer = new Thread(() -> guard.close(freed::incrementAndGet));
    closer.start();
    assertThrows(
        IllegalStateException.class,
        () -> {
          while (true) {
            guard.acquire();
            guard.release();
          }
        });
    assertTrue(guard.isClosed());
    assertEquals(0, freed.get());
    guard.release();
    closer.join();
    assertEquals(1, freed.get());
  }

  @Test
  void everyCloseWaitsWhateverInterruptsIt() throws InterruptedException {
    guard.acquire();
    AtomicInteger early = new AtomicInteger();
    AtomicInteger stillInterrupted = new AtomicInteger();
    List<Thread> closers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread closer =
          new Thread(
              () -> {
                guard.close(freed::incrementAndGet);
                early.addAndGet(freed.get() == 1 ? 0 : 1);
                stillInterrupted.addAndGet(Thread.interrupted() ? 1 : 0);
              });
      closers.add(closer);
      closer.start();
    }
    for (Thread closer : closers) {
      while (closer.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      closer.interrupt();
    }
    for (Thread closer : closers) {
      closer.join(50);
      assertTrue(closer.isAlive(), "close() returned while a call was inside");
    }
    assertEquals(0, freed.get());
    guard.release();
    for (Thread closer : closers) {
      closer.join();
    }
    assertEquals(1, freed.get());
    assertEquals(0, early.get());
    assertEquals(3, stillInterrupted.get());
  }

  /** In a JVM of its own, whose classes Lincheck rewrites. */
  @Test
  void noOrderOfStepsBreaksIt() throws IOException, InterruptedException {
    String printed =
        ChildJvm.run(
            List.of(
                "-Xmx1g",
                // Lincheck's agent and shared classes together are worth a warning to the JVM.
                "-Xshare:off",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.util=ALL-UNNAMED",
                "-XX:+EnableDynamicAgentLoading"),
            Check.class,
            Boolean.getBoolean("yolotorch.long") ? 20 : 5);
    assertTrue(printed.endsWith("forbidden: 0, of the control: found"), printed);
    Assets.figure("R7_forbidden_outcomes", 0, "outcomes");
  }

  /** Lets Lincheck look for a forbidden outcome of {@link Guarded} and of {@link Unguarded}. */
  static final class Check {
    private Check() {}

    public static void main(String[] args) {
      int iterations = Integer.parseInt(args[0]);
      check(Guarded.class, iterations);
      String control = "missed";
      try {
        check(Unguarded.class, iterations);
      } catch (LincheckAssertionError expected) {
        control = "found";
      }
      System.out.println("forbidden: 0, of the control: " + control);
    }

    private static void check(Class<?> model, int iterations) {
      new ModelCheckingOptions()
          .threads(3)
          .actorsPerThread(3)
          .actorsBefore(0)
          .actorsAfter(2)
          .iterations(iterations)
          .invocationsPerIteration(1_000)
          .check(model);
    }
  }

  /** Something native behind a guard. Outcomes are allowed that some sequence of calls has. */
  public static class Guarded {
    private final UseGuard guard = new UseGuard("Thing", "a.thing");
    private volatile int freed;

    @Operation
    public String use() {
      try {
        guard.acquire();
      } catch (IllegalStateException e) {
        return "refused";
      }
      int before = freed;
      int after = freed;
      guard.release();
      return before + after == 0 ? "worked" : "used while freed";
    }

    @Operation(blocking = true)
    public String close() {
      guard.close(() -> freed = freed + 1);
      return "freed " + freed + " times";
    }
  }

  /** The control: a flag that calls look at before they begin. */
  public static class Unguarded {
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int freed;

    @Operation
    public String use() {
      if (closed.get()) {
        return "refused";
      }
      int before = freed;
      int after = freed;
      return before + after == 0 ? "worked" : "used while freed";
    }

    @Operation
    public String close() {
      if (closed.compareAndSet(false, true)) {
        freed = freed + 1;
      }
      return "freed " + freed + " times";
    }
  }
}
