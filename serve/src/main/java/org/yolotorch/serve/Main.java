// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.yolotorch.YoloException;
import org.yolotorch.serve.internal.http.ServerLog;

/**
 * {@code yolo serve}: serves models until it is told to end by SIGTERM or Ctrl-C, and then answers
 * what has come. Exit codes: 143 and 130 after these signals, 1 if a model cannot be loaded, 2 if a
 * setting is wrong.
 */
public final class Main {
  private static final int KEY_WIDTH = 18;

  private Main() {}

  /** Runs a server with settings as arguments; {@code YOLOTORCH_TOKEN} is the token of clients. */
  public static void main(String[] args) {
    List<String> arguments = List.of(args);
    if (arguments.contains("--help") || arguments.contains("help") || arguments.contains("-h")) {
      help(System.out);
      return;
    }
    System.exit(run(arguments, System.out, System.err));
  }

  private static int run(List<String> arguments, PrintStream out, PrintStream err) {
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch drained = new CountDownLatch(1);
    try {
      ServeOptions options = ServeOptions.of(arguments).withToken(System.getenv("YOLOTORCH_TOKEN"));
      ServerLog.install(options.jsonLog());
      try (YoloServer server = YoloServer.start(options)) {
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> end(stopped, drained), "yolotorch-drain"));
        out.println("Serving " + String.join(", ", server.models()) + " at " + server.uri());
        stopped.await();
      } finally {
        drained.countDown();
      }
      return 0;
    } catch (YoloException e) {
      err.println(e.getMessage());
      return e instanceof YoloException.InvalidArgument ? 2 : 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** Has the server drained before the process ends. */
  private static void end(CountDownLatch stopped, CountDownLatch drained) {
    stopped.countDown();
    try {
      drained.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void help(PrintStream out) {
    out.println("Usage: yolo serve key=value ...");
    out.println("  Serves models over HTTP: Open Inference Protocol, pictures in, boxes out.");
    out.println();
    out.println("Settings (values they take, default):");
    for (Setting setting : Setting.values()) {
      String more =
          String.join(
              ", ",
              List.of(setting.range(), setting.defaultValue()).stream()
                  .filter(text -> !text.isEmpty())
                  .toList());
      out.println(
          "  "
              + setting.key()
              + " ".repeat(Math.max(1, KEY_WIDTH - setting.key().length()))
              + setting.help()
              + (more.isEmpty() ? "" : " (" + more + ")"));
    }
    out.println();
    out.println("YOLOTORCH_TOKEN in the environment is a token that clients must send.");
    out.println();
    out.println("Example:");
    out.println("  yolo serve model=yolo11n.torchscript");
    out.println(
        "  curl --data-binary @bus.jpg -H 'Content-Type: image/jpeg' \\\n"
            + "    127.0.0.1:8000/v2/models/yolo11n/infer");
  }
}
