// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.isolated;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.ErrorCode;
import org.yolotorch.ModelInfo;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Deadline;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.bridge.NativeModel;
import org.yolotorch.internal.bridge.NativeText;

/** The process of an isolated model: it answers one request after another until its input ends. */
public final class IsolatedMain {
  private static final int BUFFER = 1 << 16;

  /** Libraries, and what the system tells of itself; no file of a user. */
  private static final List<String> SYSTEM =
      List.of(
          "/proc",
          "/sys",
          "/lib",
          "/lib64",
          "/usr/lib",
          "/usr/share/zoneinfo",
          "/etc/ld.so.cache",
          "/etc/localtime",
          "/dev/null",
          "/dev/zero",
          "/dev/random",
          "/dev/urandom");

  private final DataInputStream in;
  private final DataOutputStream out;
  private NativeModel model;
  private ModelInfo info;
  private boolean goesOn = true;

  private IsolatedMain(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Runs the process.
   *
   * @param args where answers go: standard output is not for them, as a program may print
   */
  public static void main(String[] args) throws IOException {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    try (DataInputStream in =
            new DataInputStream(
                new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER));
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(new FileOutputStream(args[0]), BUFFER))) {
      IsolatedMain main = new IsolatedMain(in, out);
      if (main.open()) {
        main.serve();
      }
    }
    // Nothing here is worth an orderly end, and a program may still run.
    Runtime.getRuntime().halt(0);
  }

  /** What makes an answer. */
  private interface Step {
    byte[] run() throws IOException;
  }

  private boolean open() throws IOException {
    String name = Wire.readText(in);
    String settings = Wire.readText(in);
    return answer(
        () -> {
          ByteBuffer file = Wire.readBuffer(in, "The model file");
          NativeLoader.load();
          Natives.confine(String.join("\n", readable()));
          int bytes = file.remaining();
          model = NativeModel.open(Natives.openBytes(file, bytes, name, settings), name);
          String text = Natives.describe(model.number());
          info = NativeText.parse(text).modelInfo();
          return text.getBytes(StandardCharsets.UTF_8);
        });
  }

  /** What Java and the libraries may yet read of the machine's files. */
  private static List<String> readable() {
    List<String> paths = new ArrayList<>(SYSTEM);
    paths.add(System.getProperty("java.home"));
    paths.add(System.getProperty("org.bytedeco.javacpp.cachedir"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      paths.add(Path.of(entry).toAbsolutePath().toString());
    }
    return paths;
  }

  private void serve() throws IOException {
    while (goesOn) {
      int request = in.read();
      switch (request) {
        case Wire.PREDICT -> answer(this::predict);
        case Wire.OPTIMIZATIONS ->
            answer(() -> Natives.optimizations(model.number()).getBytes(StandardCharsets.UTF_8));
        default -> goesOn = false; // the end of the input
      }
    }
  }

  private byte[] predict() throws IOException {
    // Where reading fails, the rest of the request is still in the pipe.
    goesOn = false;
    Wire.Batch batch = Wire.readBatch(in);
    goesOn = true;
    return model.predict(
        batch.images(),
        batch.options(),
        info,
        batch.measuring(),
        Deadline.of(null),
        IsolatedMain::copy);
  }

  private static byte[] copy(ByteBuffer answer) {
    byte[] bytes = new byte[answer.limit()];
    answer.get(0, bytes);
    return bytes;
  }

  /** Answers with what comes of it; whether that was no failure. */
  private boolean answer(Step step) throws IOException {
    try {
      byte[] bytes = step.run();
      out.write(Wire.ANSWER);
      Wire.write(out, bytes);
      return true;
    } catch (YoloException e) {
      fail(e.code().number(), e.getMessage());
    } catch (OutOfMemoryError e) {
      fail(
          ErrorCode.OUT_OF_MEMORY.number(),
          "The pictures and results of a call must fit into the memory of an isolated model, but did"
              + " not; split the batch, or lower max_det.");
    } finally {
      out.flush();
    }
    return false;
  }

  private void fail(int number, String message) throws IOException {
    goesOn = goesOn && Yolo.healthy();
    out.write(goesOn ? Wire.FAILURE : Wire.LAST_FAILURE);
    out.writeInt(number);
    Wire.write(out, message);
  }
}
