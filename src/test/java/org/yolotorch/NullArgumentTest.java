// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.render.Renderer;
import org.yolotorch.render.VideoWriter;
import org.yolotorch.source.SourceOptions;
import org.yolotorch.source.Sources;
import org.yolotorch.support.Results;
import org.yolotorch.train.TrainOptions;
import org.yolotorch.val.Metrics;
import org.yolotorch.val.ValListener;
import org.yolotorch.val.ValOptions;

/**
 * Null for each argument of each public method and constructor in turn: a {@link
 * NullPointerException} whose sentence names the argument, unless null has a meaning that the
 * documentation tells.
 */
class NullArgumentTest {
  /** What may be null, and says so. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Detections.probs",
          "ExportOptions.file",
          "ExportOptions.imgsz",
          "ExportOptions.layers",
          "ExportOptions.script",
          "LoadOptions.batching",
          "LoadOptions.isolation",
          "LoadOptions.sha256",
          "LoadOptions.task",
          "LoadOptions.timeout",
          "PlotOptions.font",
          "PredictOptions.imgsz",
          "PredictOptions.timeout",
          "StreamOptions.onFailure",
          "ValOptions.conf",
          "ValOptions.imgsz",
          "YoloException.cause");

  @TempDir Path folder;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<Class<?>, Object> samples = new HashMap<>();
  private final Set<String> found = new TreeSet<>();
  private final List<String> unnamed = new ArrayList<>();
  private int tried;

  private static List<Class<?>> publicTypes() throws Exception {
    Path root = Path.of(Yolo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> names = new TreeSet<>();
    for (String exported : List.of("", "/val", "/source", "/render")) {
      try (Stream<Path> files = Files.list(root.resolve("org/yolotorch" + exported))) {
        files
            .map(file -> root.relativize(file).toString().replace('/', '.').replace('\\', '.'))
            .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
            .forEach(name -> names.add(name.substring(0, name.length() - ".class".length())));
      }
    }
    List<Class<?>> types = new ArrayList<>();
    for (String name : names) {
      Class<?> type = Class.forName(name, false, Yolo.class.getClassLoader());
      boolean seen = true;
      for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
        seen &= Modifier.isPublic(outer.getModifiers());
      }
      if (seen && !type.isAnonymousClass()) {
        types.add(type);
      }
    }
    return types;
  }

  @Test
  void everyNullIsNamed() throws Exception {
    fillSamples();
    try {
      for (Class<?> type : publicTypes()) {
        if (!Modifier.isAbstract(type.getModifiers())) {
          for (Executable made : type.getConstructors()) {
            check(type, made);
          }
        }
        for (Method method : type.getMethods()) {
          boolean ours = method.getDeclaringClass().getName().startsWith("org.yolotorch.");
          boolean generated = method.isSynthetic() && !method.isBridge();
          boolean ofEnum = type.isEnum() && method.getName().equals("valueOf");
          boolean callable =
              !Modifier.isAbstract(method.getModifiers())
                  && !method.getName().equals("equals")
                  && !isListener(type);
          if (ours && !generated && !ofEnum && callable) {
            check(type, method);
          }
        }
      }
    } finally {
      for (AutoCloseable thing : open) {
        thing.close();
      }
    }
    assertEquals(List.of(), unnamed, () -> String.join("\n", unnamed));
    assertEquals(new TreeSet<>(ALLOWED), found, "what may be null");
    System.out.println("FIGURE null_arguments_named=" + (tried - found.size()) + " arguments");
    assertTrue(tried > 200, "only " + tried + " were found");
  }

  /** Methods that users override and that do nothing. */
  private static boolean isListener(Class<?> type) {
    return type == ValListener.class || type == Weights.Listener.class;
  }

  private void check(Class<?> type, Executable called) throws Exception {
    Parameter[] parameters = called.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i].getType().isPrimitive()) {
        continue;
      }
      Object[] values = new Object[parameters.length];
      for (int k = 0; k < values.length; k++) {
        values[k] = k == i ? null : sample(parameters[k], type);
      }
      boolean builder = type.getSimpleName().equals("Builder");
      Class<?> owner = builder ? type.getEnclosingClass() : type;
      if (YoloException.class.isAssignableFrom(type)) {
        owner = YoloException.class;
      }
      String name =
          builder && parameters.length == 1 && !called.getName().equals("classes")
              ? called.getName()
              : parameters[i].getName();
      tried++;
      Throwable thrown = call(type, called, values);
      String key = owner.getSimpleName() + "." + name;
      // Other values of this test may contradict each other.
      if (ALLOWED.contains(key) && !(thrown instanceof NullPointerException)) {
        found.add(key);
        continue;
      }
      String message = thrown == null ? "nothing thrown" : String.valueOf(thrown.getMessage());
      // A bridge to an inherited method has no names.
      String wanted = parameters[i].isNamePresent() ? name : "\\w+";
      if (!(thrown instanceof NullPointerException)
          || !Pattern.matches(wanted + " must be given, .*\\.", message)) {
        unnamed.add(called + ", argument " + i + " (" + name + "): " + thrown);
      }
    }
  }

  /** What the call throws, a builder's when it builds; null if nothing. */
  private Throwable call(Class<?> type, Executable called, Object[] values) throws Exception {
    try {
      if (called instanceof Method method) {
        Object on = Modifier.isStatic(method.getModifiers()) ? null : instance(type);
        Object result = method.invoke(on, values);
        if (type.getSimpleName().equals("Builder")) {
          type.getMethod("build").invoke(result);
        }
      } else {
        ((Constructor<?>) called).newInstance(values);
      }
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  private Object instance(Class<?> type) throws Exception {
    if (type == ValOptions.Builder.class) {
      return ValOptions.builder(folder);
    }
    if (type.getSimpleName().equals("Builder")) {
      return type.getEnclosingClass().getMethod("builder").invoke(null);
    }
    if (YoloException.class.isAssignableFrom(type)) {
      return new YoloException.NotFound("none");
    }
    return sample(type);
  }

  private Object sample(Parameter parameter, Class<?> type) throws Exception {
    if (parameter.getType() == String.class) {
      return switch (parameter.getName()) {
        case "format" -> "torchscript";
        case "layers" -> null;
        case "sha256" -> type == LoadOptions.class ? null : "";
        case "split" -> "val";
        default -> "cpu";
      };
    }
    // Of what may be null some contradict each other.
    if (ALLOWED.contains(type.getSimpleName() + "." + parameter.getName())) {
      return null;
    }
    return sample(parameter.getType());
  }

  private Object sample(Class<?> type) {
    if (type.isPrimitive()) {
      return type == boolean.class
          ? (Object) false
          : type == long.class
              ? (Object) 1L
              : type == double.class
                  ? (Object) 0.5
                  : type == float.class ? (Object) 0.5f : (Object) 1;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    Object sample = samples.get(type);
    // What users are only given: made of nothing.
    if (sample == null && type.getConstructors().length == 0 && !type.isInterface()) {
      sample = unmade(type);
    }
    if (sample == null) {
      throw new AssertionError("This test does not know a value of " + type);
    }
    return sample;
  }

  private Object unmade(Class<?> type) {
    try {
      Constructor<?> made = type.getDeclaredConstructors()[0];
      made.setAccessible(true);
      Object[] values = new Object[made.getParameterCount()];
      for (int i = 0; i < values.length; i++) {
        Class<?> part = made.getParameterTypes()[i];
        values[i] =
            part.isArray()
                ? Array.newInstance(part.getComponentType(), 1)
                : part.isPrimitive() ? sample(part) : Map.of();
      }
      return made.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type.toString(), e);
    }
  }

  private void put(Object... values) {
    for (Object value : values) {
      samples.put(value.getClass(), value);
    }
  }

  private void fillSamples() throws IOException, URISyntaxException {
    Result result = Results.detect(Results.box(0, 0.5f, 1, 2, 3, 4));
    Image image = Results.image(0);
    put(result, image, result.boxes().get(0), result.arrays(), new Speed(1, 1, 1));
    put(Results.obb(0, 0.5f, 9, 9, 4, 4, 0), Results.keypoints(1, 2, 1), new Xyxy(0, 0, 1, 1));
    put(Results.mask(false, 0, 0, 3, 3), new Mask.Size(9, 9), new PixelRect(0, 0, 1, 1));
    put(new Xywhr(1, 1, 1, 1, 0), new Xywh(1, 1, 1, 1), new Xy(1, 1), ImageSize.square(64));
    put(Detections.ofBoxes(List.of()), Probs.of(new float[] {1}, Map.of()));
    put(PredictOptions.defaults(), LoadOptions.defaults(), ExportOptions.defaults());
    put(StreamOptions.defaults(), ImageLimits.defaults(), SourceOptions.defaults());
    put(Renderer.defaults(), ValOptions.of(folder), Duration.ofSeconds(1), "text", "a".getBytes());
    put(RawTensor.of(new float[] {1}, 1), new long[] {1});
    put(new float[] {1}, new int[] {1}, new String[] {"a"}, new IOException());
    put(new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR), (Object) NullArgumentTest.class);
    samples.put(Isolation.class, Isolation.defaults());
    samples.put(Batching.class, new Batching(1, Duration.ZERO));
    samples.put(Batching.Batch.class, new Batching.Batch(1, List.of(), Optional.empty()));
    samples.put(Path.class, folder.resolve("a"));
    samples.put(URI.class, new URI("a"));
    samples.put(ByteBuffer.class, ByteBuffer.allocate(64));
    samples.put(InputStream.class, new ByteArrayInputStream(new byte[1]));
    samples.put(List.class, List.of());
    samples.put(Map.class, Map.of());
    samples.put(Optional.class, Optional.empty());
    samples.put(Throwable.class, new IOException());
    samples.put(Double.class, 0.5);
    samples.put(Consumer.class, (Consumer<Object>) ignored -> {});
    samples.put(BiConsumer.class, (BiConsumer<Object, Object>) (a, b) -> {});
    samples.put(Predicate.class, (Predicate<Object>) ignored -> true);
    samples.put(IntUnaryOperator.class, (IntUnaryOperator) id -> id);
    samples.put(Predictor.class, (Predictor) (images, options) -> List.of());
    samples.put(Weights.Listener.class, new Weights.Listener() {});
    samples.put(ValListener.class, new ValListener() {});
    samples.put(Object.class, new ValListener() {});
    samples.put(Validation.class, ValOptions.of(folder));
    samples.put(Training.class, TrainOptions.builder("yolo11n.yaml", folder).build());
    samples.put(Detection.class, result.boxes().get(0));
    Yolo model = Yolo.load("yolo11n.yaml", LoadOptions.builder().onWarning(warning -> {}).build());
    VideoWriter video = new VideoWriter(folder.resolve("a.mp4"), 32, 32, 25);
    Source source = Sources.open("docs/astronaut.png");
    Source other = Sources.open("docs/astronaut.png");
    samples.put(Yolo.class, model);
    samples.put(VideoWriter.class, video);
    samples.put(Source.class, source);
    samples.put(Frame.class, other.iterator().next());
    open.addAll(List.of(model, source, other));
    samples.put(ModelInfo.class, model.info());
    FileInfo info = ModelArchive.inspect(Path.of("yolo11n.yaml"));
    put(info);
    samples.put(Class.class, NullArgumentTest.class);
    put(new Metrics(1, 1, 1, 1, 1));
  }
}
