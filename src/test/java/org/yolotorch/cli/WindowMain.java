// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.swing.JFrame;

/**
 * Runs a command line, looks at the window that it opens, and ends it: with the key q, or with the
 * button for closing.
 */
final class WindowMain {
  private WindowMain() {}

  public static void main(String[] args) throws InterruptedException {
    Thread watcher = new Thread(() -> watch(args[0]));
    watcher.start();
    int code = Main.run(System.out, System.err, Arrays.copyOfRange(args, 1, args.length));
    watcher.join();
    System.out.println("exit code " + code);
    System.exit(0);
  }

  private static void watch(String way) {
    try {
      Robot robot = new Robot();
      AtomicBoolean seen = new AtomicBoolean();
      while (!seen.get()) {
        Thread.sleep(20);
        EventQueue.invokeAndWait(
            () -> {
              Frame[] frames = Frame.getFrames();
              if (frames.length > 0 && shows(robot, (JFrame) frames[0])) {
                seen.set(true);
                end((JFrame) frames[0], way);
              }
            });
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void end(JFrame frame, String way) {
    System.out.println("title " + frame.getTitle());
    System.out.println(
        "size " + frame.getContentPane().getWidth() + "x" + frame.getContentPane().getHeight());
    frame.dispatchEvent(
        way.equals("key")
            ? new KeyEvent(frame, KeyEvent.KEY_TYPED, 0, 0, KeyEvent.VK_UNDEFINED, 'q')
            : new WindowEvent(frame, WindowEvent.WINDOW_CLOSING));
  }

  /** Whether the bright square of the clip is on the display. */
  private static boolean shows(Robot robot, JFrame frame) {
    if (!frame.isShowing()) {
      return false;
    }
    Rectangle place = frame.getContentPane().getBounds();
    place.setLocation(frame.getContentPane().getLocationOnScreen());
    BufferedImage seen = robot.createScreenCapture(place);
    for (int y = 0; y < seen.getHeight(); y++) {
      for (int x = 0; x < seen.getWidth(); x++) {
        if ((seen.getRGB(x, y) & 0xff) > 150 && (seen.getRGB(0, 0) & 0xff) < 100) {
          return true;
        }
      }
    }
    return false;
  }
}
